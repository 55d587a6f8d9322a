/** A child: owns leases of the folder until it is killed, and says under which name. */
import { holdOwner } from '../../../local/stores/run-owner.ts';

const [, , folder = ''] = process.argv;
const { name, release } = holdOwner(folder);
console.log(name);
// Held on to: an owner that nothing refers to is collected, and its lock with it.
setTimeout(release, 3_600_000);
