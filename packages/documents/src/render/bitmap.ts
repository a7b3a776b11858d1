/** Dots of a printer, row by row, eight to a byte, 1 for black. */
export class Bitmap {
  readonly width: number;
  readonly height: number;
  /** Bytes of a row. */
  readonly stride: number;
  readonly data: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.stride = Math.ceil(width / 8);
    this.data = new Uint8Array(this.stride * height);
  }

  /** Makes the dots from `from` up to `to` of a row black or white; dots outside do not count. */
  span(row: number, from: number, to: number, isBlack: boolean): void {
    if (row < 0 || row >= this.height) return;
    const end = Math.min(to, this.width);
    for (let column = Math.max(from, 0); column < end; column += 1) {
      const at = row * this.stride + (column >> 3);
      const bit = 0x80 >> (column & 7);
      this.data[at] = isBlack ? (this.data[at] ?? 0) | bit : (this.data[at] ?? 0) & ~bit;
    }
  }

  /** Makes a rectangle black or white. */
  rectangle(x: number, y: number, width: number, height: number, isBlack: boolean): void {
    for (let row = y; row < y + height; row += 1) this.span(row, x, x + width, isBlack);
  }

  /** Lays the black dots of another bitmap onto this one, as black or as white. */
  stamp(other: Bitmap, x: number, y: number, isBlack: boolean): void {
    for (let row = 0; row < other.height; row += 1) {
      for (let column = 0; column < other.width; column += 1) {
        if (other.isBlack(column, row)) this.span(y + row, x + column, x + column + 1, isBlack);
      }
    }
  }

  /** Whether a dot is black. */
  isBlack(column: number, row: number): boolean {
    return ((this.data[row * this.stride + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) !== 0;
  }
}
