import { LiveState } from '../live-state.ts';
import type { LiveScenario } from '../protocol.ts';
import type { Policy } from './practice.ts';

/** Books what waits on the next departure with room, and never moves it: what is done where nobody replans. */
export const nextAvailable = (scenario: LiveScenario): Policy => {
  const state = new LiveState(scenario);
  return (message) => {
    if (message.type !== 'init') state.receive(message, scenario.params.return_after_cancel_min);
    const assign: Record<string, string> = {};
    for (const shipment of state.shipments) {
      if (!state.isFree(shipment) || shipment.booked || !shipment.readyKnown) continue;
      const ready = Math.max(shipment.readyEstimate, shipment.availableFrom);
      const room = (id: string, cap: number) =>
        cap - state.shipments.reduce((sum, other) => sum + (other.booked?.id === id ? other.kg : 0), 0);
      const [flight] = state.flights
        .filter((one) => state.isOpen(one) && one.ports.some(({ lane }) => lane === shipment.lane))
        .filter((one) => LiveState.cutOff(one) >= ready && room(one.id, one.cap) >= shipment.kg)
        .sort((a, b) => a.std - b.std);
      if (!flight) continue;
      assign[shipment.id] = flight.id;
      state.book(shipment, flight);
    }
    return { assign, offload: [] };
  };
};
