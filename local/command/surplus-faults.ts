import type { Command } from 'commander';

/**
 * What is wrong where something on a command line belongs to no option that there is, in sentences without their full
 * stops. Only what can be the name of an option is repeated: somebody may have put the key there.
 */
export function surplusFaults({ args, options }: Command): string[] {
  return args.flatMap((text, index) => {
    // `--data2` is another name than `--data`.
    const [name] = /^--[a-z][a-z-]*(?=$|=)|^-[^-]/.exec(text) ?? [];
    if (name && text.startsWith(`${name}=`) && options.some(({ long }) => long === name))
      return [`${name} takes no value`];
    if (text.startsWith('-')) return [name === undefined ? 'unknown option' : `unknown option ${name}`];
    // What follows an unknown option is its value.
    return args[index - 1]?.startsWith('-') ? [] : ['there is an argument that belongs to no option'];
  });
}
