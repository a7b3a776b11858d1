/** Numbers that describe a placed unit: type, x, y, z, length, width, height. */
export const UNIT = 7;

/** Placed units, packed into one array that grows. */
export class UnitList {
  data = new Int32Array(64 * UNIT);
  count = 0;

  push(type: number, x: number, y: number, z: number, length: number, width: number, height: number): void {
    const at = this.count * UNIT;
    if (at === this.data.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.data);
      this.data = grown;
    }
    const { data } = this;
    data[at] = type;
    data[at + 1] = x;
    data[at + 2] = y;
    data[at + 3] = z;
    data[at + 4] = length;
    data[at + 5] = width;
    data[at + 6] = height;
    this.count += 1;
  }

  /** Adds a grid of equal units: `along`, `across` and `layers` of them. */
  pushGrid(
    type: number,
    corner: readonly [number, number, number],
    unit: readonly [number, number, number],
    grid: readonly [number, number, number],
  ): void {
    const [length, width, height] = unit;
    for (let layer = 0; layer < grid[2]; layer += 1)
      for (let row = 0; row < grid[1]; row += 1)
        for (let column = 0; column < grid[0]; column += 1)
          this.push(
            type,
            corner[0] + column * length,
            corner[1] + row * width,
            corner[2] + layer * height,
            length,
            width,
            height,
          );
  }

  /** The units as an array of their own, lowest first: the order in which they can be lowered in from above. */
  loadingOrder(): Int32Array {
    const { data } = this;
    const order = Array.from({ length: this.count }, (_, unit) => unit * UNIT).sort(
      (a, b) =>
        (data[a + 3] as number) - (data[b + 3] as number) ||
        (data[a + 2] as number) - (data[b + 2] as number) ||
        (data[a + 1] as number) - (data[b + 1] as number),
    );
    const sorted = new Int32Array(this.count * UNIT);
    for (const [place, at] of order.entries()) sorted.set(data.subarray(at, at + UNIT), place * UNIT);
    return sorted;
  }
}
