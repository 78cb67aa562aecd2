/** Files on their way to Python and back, as text that a message can carry. */

/** Bytes of one part: a notebook's server takes no large messages. */
const PART = 1500000;
/** Together with what the messages add, as much as Python takes. */
export const MOST = 200e6;

/** @param {Uint8Array} bytes */
function encoded(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode.apply(null, [...bytes.subarray(at, at + 8192)]);
  return btoa(text);
}

/** @param {string} data @param {string} type @returns {string} an address for what Python sent */
export function addressOf(data, type) {
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return URL.createObjectURL(new Blob([bytes], { type }));
}

/** Cut files into parts, in their order. @param {File[]} files */
export async function* partsOf(files) {
  for (const [number, file] of files.entries()) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const ends = number === files.length - 1;
    for (let at = 0; at === 0 || at < bytes.length; at += PART) {
      const isLast = ends && at + PART >= bytes.length;
      yield { number, name: file.name, data: encoded(bytes.subarray(at, at + PART)), first: !number && !at, last: isLast };
    }
  }
}
