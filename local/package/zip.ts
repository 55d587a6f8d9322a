/** A ZIP archive of one file, the same bytes for the same file: without dates, owners or what else differs. */
import { crc32, deflateRawSync } from 'node:zlib';

/** The first day that the format knows, 1980-01-01. */
const date = (1 << 5) | 1;
/** A regular file that everybody may read: Lambda runs as nobody in particular. */
const mode = 0o100644;
const version = 20;
const byUnix = 3 << 8;
const deflated = 8;

export function zipOf(name: string, content: Uint8Array): Uint8Array {
  const data = deflateRawSync(content, { level: 9 });
  const file = Buffer.from(name);
  // What the entry and the directory say alike: version, flags, method, time, date, checksum and sizes.
  const alike = Buffer.alloc(26);
  alike.writeUInt16LE(version, 0);
  alike.writeUInt16LE(deflated, 4);
  alike.writeUInt16LE(date, 8);
  alike.writeUInt32LE(crc32(content), 10);
  alike.writeUInt32LE(data.length, 14);
  alike.writeUInt32LE(content.length, 18);
  alike.writeUInt16LE(file.length, 22);

  const entry = Buffer.concat([Buffer.from('PK\x03\x04'), alike, file, data]);
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(byUnix | version);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(mode * 0x10000, 6);
  const directory = Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, alike, rest, file]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(entry.length, 16);
  return Buffer.concat([entry, directory, end]);
}
