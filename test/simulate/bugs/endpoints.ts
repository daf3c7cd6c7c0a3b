import type { PlantedBug } from './planted-bug';

const pace = 'functions/aws/delivery/pace.ts';

/** Bugs in the health of endpoints, and in the pace at which they are sent to. */
export const endpointsBugs: readonly PlantedBug[] = [
  {
    name: 'each sender takes the host for idle',
    file: pace,
    find: "'attribute_not_exists(pk) OR ends_at <= :second'",
    replace: "'attribute_not_exists(pk) OR attribute_exists(pk) OR ends_at <= :second'",
    breaks: ['pace'],
    needs: 'two',
  },
  {
    name: 'two senders give out the same turns',
    file: pace,
    find: "const isAsSeen = 'mark = :seen'",
    replace: "const isAsSeen = '(mark = :seen OR attribute_exists(pk))'",
    breaks: ['pace'],
    needs: 'two',
  },
  {
    name: 'an endpoint gets one more than its rate',
    file: 'functions/domain/delivery/pace.ts',
    find: 'sentToEndpoint < perSecond &&',
    replace: 'sentToEndpoint <= perSecond &&',
    breaks: ['pace'],
    needs: 'one',
  },
  {
    name: 'a verdict is written on an endpoint that has changed since',
    file: 'functions/aws/endpoint/health.ts',
    find: 'ConditionExpression: condition.expression,',
    replace: 'ConditionExpression: `(${condition.expression}) OR attribute_exists(pk)`,',
    breaks: ['endpoints'],
    needs: 'two',
  },
  {
    name: 'an endpoint that a person disabled is sent to all the same',
    file: 'functions/deliver-webhook/attempt-delivery.ts',
    find: "if (found.endpoint.status === 'disabled' && delivery.trigger === 'event') {",
    replace: "if (found.endpoint.disabled_reason === 'only_failures' && delivery.trigger === 'event') {",
    breaks: ['silence'],
    needs: 'two',
  },
];
