import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.optional(z.string()),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
  Metadata: z._default(z.record(z.string(), z.unknown()), {}),
});

/** The parts of a synthesized CloudFormation template that the local run reads. */
export const templateSchema = z.object({
  Parameters: z._default(z.record(z.string(), z.object({ Default: z.optional(z.unknown()) })), {}),
  Resources: z.record(z.string(), resourceSchema),
});
export type Template = z.infer<typeof templateSchema>;
export type TemplateResource = Template['Resources'][string];

export function readTemplate(file: string): Template {
  return templateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
