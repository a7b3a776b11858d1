import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What an installation counts of itself, for Prometheus. Labels name routes and outcomes, never tenants or people. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'crossparcel_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [this.registry],
  });
  readonly orders = new Counter({
    name: 'crossparcel_orders_total',
    help: 'Orders that came in',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  readonly events = new Counter({
    name: 'crossparcel_events_total',
    help: 'Events that were sent',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  readonly sequenced = new Counter({
    name: 'crossparcel_log_leaves_total',
    help: 'Leaves that got their index in the log here',
    registers: [this.registry],
  });
  readonly relayed = new Counter({
    name: 'crossparcel_outbox_relayed_total',
    help: 'Messages handed over to delivery',
    registers: [this.registry],
  });
  readonly failures = new Counter({
    name: 'crossparcel_worker_failures_total',
    help: 'Rounds of a worker that failed and will be tried again',
    labelNames: ['worker'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
