import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';

const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Properties: z.record(z.string(), z.unknown()).default(() => ({})) }),
  ),
});

/** Properties of the resources as the stack was last deployed, by their logical ids. */
export type TemplateSeen = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export async function lookAtTemplate(client: CloudFormationClient, StackName: string): Promise<TemplateSeen> {
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
  const { Resources } = template.parse(JSON.parse(TemplateBody));
  return new Map(Object.entries(Resources).map(([id, { Properties }]) => [id, Properties]));
}
