import { CrossparcelError, type Fault } from '@crossparcel/units';

/** Where in a file something stands; lines count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
}

/** Something wrong with a file that was given: `FILE:LINE: FIELD: what is wrong; what would be right`. */
export class InputError extends CrossparcelError {
  readonly position: Position | undefined;

  constructor(fault: Fault, position?: Position, options?: ErrorOptions) {
    super(fault, options);
    this.name = 'InputError';
    this.position = position;
    const place = position ? `${position.file}:${position.line}: ` : '';
    const field = fault.field ? `${fault.field}: ` : '';
    this.message = `${place}${field}${fault.what}; ${fault.mend}`;
  }
}
