/**
 * What is wrong where something on a command line belongs to no option that there is, in sentences without their full
 * stops. Only what can be the name of an option is repeated: somebody may have put the key there.
 */
export function surplusFaults(surplus: readonly string[]): string[] {
  return surplus.flatMap((text, index) => {
    const [name] = /^--[a-z][a-z-]*|^-./.exec(text) ?? [];
    if (name) return [`unknown option ${name}`];
    // What follows an unknown option is its value.
    return surplus[index - 1]?.startsWith('-') ? [] : ['there is an argument that belongs to no option'];
  });
}
