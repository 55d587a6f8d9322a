/** A child: takes the lock, says who it is, and holds it until it is killed. */
import { FolderLock } from '../../../local/stores/folder-lock.ts';
import { localOwner } from '../../../local/stores/local-owner.ts';

const [, , file = ''] = process.argv;
await new FolderLock(file).hold(async () => {
  console.log(localOwner());
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
});
