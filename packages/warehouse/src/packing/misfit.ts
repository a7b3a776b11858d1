import type { ItemType } from './item-type.ts';
import type { Room } from './pass.ts';

/** Whether it is certain that some units do not go into a room together because two of them do not. Quick. */
export const areMisfits = (types: readonly ItemType[], counts: ArrayLike<number>, room: Room): boolean => {
  for (let one = 0; one < types.length; one += 1) {
    if (counts[one] === 0) continue;
    for (let other = one; other < types.length; other += 1) {
      if ((counts[other] as number) < (other === one ? 2 : 1)) continue;
      if (!goTogether(types[one] as ItemType, types[other] as ItemType, room)) return true;
    }
  }
  return false;
};

/** Two units go together when in some turns they go side by side, one behind the other, or one on the other. */
const goTogether = ({ turns }: ItemType, { turns: others }: ItemType, { length, width, height }: Room): boolean => {
  for (let turn = 0; turn < turns.length; turn += 3) {
    const besideLength = length - (turns[turn] as number);
    const besideWidth = width - (turns[turn + 1] as number);
    const above = height - (turns[turn + 2] as number);
    if (besideLength < 0 || besideWidth < 0 || above < 0) continue;
    for (let other = 0; other < others.length; other += 3) {
      const otherLength = others[other] as number;
      const otherWidth = others[other + 1] as number;
      const otherHeight = others[other + 2] as number;
      if (otherLength > length || otherWidth > width || otherHeight > height) continue;
      if (otherLength <= besideLength || otherWidth <= besideWidth || otherHeight <= above) return true;
    }
  }
  return false;
};
