/** A child: owns leases of the folder until it is killed, and says under which name. */
import { holdOwner } from '../../../local/stores/run-owner.ts';

const [, , folder = ''] = process.argv;
console.log(holdOwner(folder).name);
setTimeout(() => {}, 3_600_000);
