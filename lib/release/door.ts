import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../functions/contract/functions';
import { ProductFunction, type ProductFunctionProps } from '../product-function';

/** The functions that answer people and programs over HTTP. */
export type DoorName = Extract<FunctionName, 'rest-api' | 'mcp-server' | 'authorization-server'>;

/** Requests reach a door through this alias only. */
const liveAlias = 'live';

/**
 * A function that is released as a version behind an alias, so that a release is a shift of the alias and the way back
 * another one; docs/decisions/releases.md says why only the doors are.
 *
 * Each change of code or configuration publishes a version. One change does not: another value behind an unchanged
 * reference, such as the new name of a replaced table, since the CDK decides by the template.
 */
export class Door extends ProductFunction<DoorName> {
  readonly live: Alias;
  /** The alias' ARN without a reference to the alias, for what the alias itself has to wait for. */
  readonly liveArn: string;

  constructor(scope: Construct, id: string, props: ProductFunctionProps<DoorName>) {
    super(scope, id, {
      ...props,
      // Production keeps the version that a release replaced. For some seconds Lambda still routes requests to it, and
      // answers 502 once it is deleted (github.com/DataBiosphere/azul/issues/7883). `npm run deploy` removes older ones.
      currentVersionOptions: { removalPolicy: props.stage.removalPolicy },
    });
    this.live = this.addAlias(liveAlias);
    this.liveArn = `${this.functionArn}:${liveAlias}`;
  }
}
