import { bodyOf, newEvent } from '../../functions/domain/delivery/event';
import { signatureHeader } from '../../functions/domain/endpoint/signature';
import type { JsonObject } from '../../functions/domain/json';
import { renderPayload, renderText } from '../../functions/domain/workflow/render';
import { noon } from '../support/builders';
import { names, numbers } from './texts';

const secrets = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`];

/** The bodies of events whose payloads were rendered from all kinds of inputs, and their signatures. */
export function sentWebhooks(): string[] {
  const inputs: JsonObject[] = [
    ...numbers.map((number): JsonObject => ({ value: JSON.parse(number) })),
    ...names.map((name): JsonObject => ({ value: name })),
    { value: { b: [1, { ü: null }], a: true, '10': 'ten', '2': 'two' } },
    {},
  ];
  return inputs.flatMap((input, at) => {
    const payload = renderPayload(
      { text: 'Grüße, {{ input.value }}!', typed: '{{input.value | json}}', sum: 0.1 + 0.2, at },
      input,
    );
    const event = newEvent(
      { id: `evt_${at}`, type: 'campaign.kickoff', run: null, stepIndex: null, data: payload.value },
      [{ endpoint_id: 'ep_1', url: 'https://hooks.example.com/', body: 'envelope' }],
      noon,
    );
    const body = bodyOf(event, 'envelope');
    const signed = signatureHeader(secrets, { id: `dlv_${at}`, timestampSeconds: noon.getTime() / 1000, body });
    return [body, renderText('{{input.value}}', input).value, payload.missing.join(), signed].map((text) =>
      JSON.stringify(text),
    );
  });
}
