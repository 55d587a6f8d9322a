/** A value of a template as one text: `<Bucket.Arn>/syncs/*`. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`Not a text: ${JSON.stringify(value)}`);
  const [[kind, content] = []] = Object.entries(value);
  if (kind === 'Ref') return `<${content}>`;
  if (kind === 'Fn::GetAtt') return `<${content.join('.')}>`;
  if (kind === 'Fn::Join') return content[1].map(flat).join(content[0]);
  throw new TypeError(`Not a text: ${JSON.stringify(value)}`);
}
