/** Where a fault of the configuration is, and the rest of the sentence. */
export type Fault = readonly [place: readonly PropertyKey[], fault: string];
