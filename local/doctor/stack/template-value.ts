/**
 * Whether AWS has what a template says. A template names other resources by functions of CloudFormation, whose value is
 * known here only in part: the name of the resource has to stand in it, at its place.
 */

/** Physical id of a resource by its logical one; undefined: not known, as with a parameter. */
export type NameOf = (logicalId: string) => string | undefined;

/** Lists are compared as sets, and a list of one is as good as its element: IAM has both. */
export function agrees(meant: unknown, seen: unknown, nameOf: NameOf): boolean {
  if (isFunction(meant)) {
    return typeof seen === 'string' && new RegExp(`^${patternOf(meant, nameOf)}$`).test(seen);
  }
  if (Array.isArray(meant) || Array.isArray(seen)) {
    const [left, right] = [[meant].flat(), [seen].flat()];
    return (
      left.length === right.length && left.every((each) => right.some((other) => agrees(each, other, nameOf)))
    );
  }
  if (isObject(meant) && isObject(seen)) {
    const keys = Object.keys(meant);
    return (
      keys.length === Object.keys(seen).length && keys.every((key) => agrees(meant[key], seen[key], nameOf))
    );
  }
  return String(meant) === String(seen);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFunction = (value: unknown): boolean => {
  const [key = '', ...others] = isObject(value) ? Object.keys(value) : [];
  return others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
};

const anything = '.+';

function patternOf(value: unknown, nameOf: NameOf): string {
  if (!isObject(value)) return escaped(String(value));
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (typeof Ref === 'string') {
    const name = nameOf(Ref);
    return name === undefined ? anything : escaped(name);
  }
  if (Array.isArray(attribute)) {
    // Of an ARN or a URL the last part is the name, which is a part of every attribute that a template asks for.
    const name = nameOf(String(attribute[0]))?.split(/[:/]/).at(-1);
    return name === undefined ? anything : `(?:.*[:/])?${escaped(name)}(?::.*)?`;
  }
  if (Array.isArray(join) && Array.isArray(join[1]))
    return join[1].map((each) => patternOf(each, nameOf)).join(escaped(String(join[0])));
  return anything;
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
