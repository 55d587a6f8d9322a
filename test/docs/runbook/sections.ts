/** A page of Markdown by its headings. */

export interface Section {
  readonly level: number;
  readonly heading: string;
  /** Under which GitHub links to it. */
  readonly anchor: string;
  /** What stands between it and the next heading, of whatever level. */
  readonly text: string;
}

export function sectionsOf(page: string): Section[] {
  const taken = new Map<string, number>();
  // What is in a block of code is no heading.
  const lines = page.replace(/^```.*?^```/gms, (block) => block.replace(/^#/gm, ' #'));
  return lines
    .split(/^(?=#{1,6} )/m)
    .filter((part) => part.startsWith('#'))
    .map((part) => {
      const [line = '', ...text] = part.split('\n');
      const [, marks = '', heading = ''] = /^(#+) (.*)$/.exec(line) ?? [];
      const anchor = anchorOf(heading);
      const before = taken.get(anchor) ?? 0;
      taken.set(anchor, before + 1);
      return {
        level: marks.length,
        heading,
        anchor: before === 0 ? anchor : `${anchor}-${before}`,
        text: text.join('\n'),
      };
    });
}

/** As GitHub makes it: in small letters, without punctuation, each blank a hyphen. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
