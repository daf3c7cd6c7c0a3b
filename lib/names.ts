import { Fn, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * A name for a resource that exists once in the whole account, whatever its Region: those of CloudFront, and the dashboards
 * of CloudWatch. With stage and Region in it, an account may hold the same stage in several Regions, and several stages in
 * one. CloudFront allows 64 characters, of which the longest stage and Region leave 10 for `name`.
 */
export function accountWideName(scope: IConstruct, name: string): string {
  const { stackName, region } = Stack.of(scope);
  return `${stackName}-${region}-${name}`;
}

/**
 * Part of the stack's id, which is another one for each stack that is ever created. It belongs into a name that must be
 * unique beyond the account, and into the name of what is left when the stack is deleted: a stack that is created anew under
 * the old stack's name would otherwise find its names taken.
 */
export function uniquePartOf(scope: IConstruct): string {
  return Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Stack.of(scope).stackId))));
}
