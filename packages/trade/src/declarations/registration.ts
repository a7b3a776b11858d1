/** A registration, mandate or certificate that somebody holds, and for how long. Dates are `YYYY-MM-DD`, both days count. */
export interface Registration {
  /** For example `eori`, `ioss`, `us-importer`, `us-bond`, `power-of-attorney`, `product-certificate`. */
  readonly kind: string;
  readonly number: string;
  readonly holder?: string | undefined;
  /** Territory in which it counts; everywhere when missing. */
  readonly territory?: string | undefined;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Goods lines that it covers; all when missing. */
  readonly lines?: readonly string[] | undefined;
}
