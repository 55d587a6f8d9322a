/** The drawings of docs/architecture.md, made from what the lint finds. */
import type { ICruiseResult } from 'dependency-cruiser';
import { type Arrow, arrowsBetween, withoutShortcuts } from './arrows.ts';

/** The text with its drawings made anew, each between two markers. */
export function withDrawings(text: string, result: ICruiseResult): string {
  const drawings = { rooms: roomsDrawing(result), lambda: lambdaDrawing(result) };
  return Object.entries(drawings).reduce((all, [name, drawing]) => {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [before, rest] = all.split(begin);
    const [, after] = rest?.split(end) ?? [];
    if (before === undefined || after === undefined) throw new Error(`There is no ${begin} … ${end}.`);
    return `${before}${begin}\n\n\`\`\`mermaid\n${drawing}\n\`\`\`\n\n${end}${after}`;
  }, text);
}

function roomsDrawing({ modules }: ICruiseResult): string {
  const arrows = arrowsBetween(
    modules,
    (file) => /^(audit|bin|lambda|lib|local|report|sql)\//.exec(file)?.[1],
  );
  return ['flowchart TD', ...nodesOf(arrows), ...arrows.map(arrowText)].join('\n');
}

/** What decides in a frame of its own, as the rule for the core sees it. */
function lambdaDrawing({ modules, summary }: ICruiseResult): string {
  const rule = summary.ruleSetUsed?.forbidden?.find(({ name }) => name === 'core-knows-no-edge');
  const core = new RegExp([rule?.from.path ?? []].flat().join('|'));
  const files = modules.map(({ source }) => source).filter((file) => file.startsWith('lambda/'));
  const coreFolders = new Set(files.filter((file) => core.test(file)).map(folderOf));
  const nodeOf = (file: string): string | undefined => {
    // Everybody throws errors and reads the clock: their arrows would hide the others.
    if (!file.startsWith('lambda/') || /^lambda\/(errors|time)\//.test(file)) return undefined;
    const isInCoreFolder = coreFolders.has(folderOf(file)) && !core.test(file);
    return isInCoreFolder ? file.slice('lambda/'.length) : folderOf(file);
  };
  const arrows = withoutShortcuts(arrowsBetween(modules, nodeOf));
  const isCore = (node: string): boolean => coreFolders.has(node);
  return [
    'flowchart TD',
    ...nodesOf(arrows, (node) => !isCore(node)),
    'subgraph core',
    ...nodesOf(arrows, isCore),
    'end',
    ...arrows.map(arrowText),
  ].join('\n');
}

/** The folder of a file below lambda/, or its name where it lies in none. */
const folderOf = (file: string): string => file.split('/')[1] ?? file;

function nodesOf(arrows: readonly Arrow[], isWanted: (node: string) => boolean = () => true): string[] {
  const nodes = [...new Set(arrows.flat())].filter(isWanted).sort();
  return nodes.map((node) => `  ${idOf(node)}["${node.includes('.') ? node : `${node}/`}"]`);
}

const arrowText = ([from, to]: Arrow): string => `  ${idOf(from)} --> ${idOf(to)}`;

const idOf = (node: string): string => node.replace(/\W/g, '_');
