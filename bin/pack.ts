/** `npm run pack`: a package for npm, to embed the construct in an app of your own. Publishing it is for a person. */
import { npmPackage } from '../local/package/npm-package.ts';

console.log(await npmPackage());
