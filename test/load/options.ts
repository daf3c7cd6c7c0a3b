export interface Load {
  /** Over four tenants, all at once. */
  readonly runs: number;
  /** `kill -9` of the whole local run while runs are being accepted, each followed by a start on the same data. */
  readonly kills: number;
  /** Callers send a key and repeat until they are answered; without it they only know of what they were told. */
  readonly withKeys: boolean;
  /** Settles as recovery does a minute later, instead of waiting for it. */
  readonly settleAtOnce: boolean;
  readonly tell?: (line: string) => void;
}
