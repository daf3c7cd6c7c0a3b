import type { SdkTransport } from '../in-process/sdk-transport';

/** What stands for DynamoDB. `DynamoDB Local` is AWS's own program, for whoever has it; simulations have a table in memory. */
export type EngineName = 'dynalite' | 'MiniStack' | 'DynamoDB Local' | 'memory';

export interface Engine {
  readonly name: EngineName;
  readonly endpoint: string;
  /** The way without sockets, if the engine is in this process. */
  readonly transport?: SdkTransport;
  readonly stop: () => Promise<void>;
}
