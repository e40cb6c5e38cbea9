import { type Atom, type PolicyText, text } from '../policy/document/text';
import { intrinsic, TEXT_MARKER } from './cfn-text';
import type { TextReader } from './statement-text';

/** Stands around the number of an atom inside a JSON text, where no policy has it. */
const MARK = '\u0000';

/**
 * A copy of a rendered value in which every text that holds JSON is the structure it holds.
 *
 * Policies, state machines and calls of custom resources often stand in a template as JSON texts, put together from
 * pieces by `Fn::Join`, `Fn::Sub` or `Fn::ToJsonString`. A text that looks like JSON and can't be parsed stays a text.
 */
export function unfolded(value: unknown, read: TextReader): unknown {
  if (typeof value === 'string') {
    return fromJson([value], read) ?? value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => unfolded(item, read));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const call = intrinsic(value);
  if (call?.name === 'Fn::Join' || call?.name === 'Fn::Sub') {
    return fromJson(read(value), read) ?? value;
  }
  if (call?.name === TEXT_MARKER) {
    return fromJson(call.argument as PolicyText, read) ?? value;
  }
  if (call?.name === 'Fn::ToJsonString') {
    return unfolded(call.argument, read);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unfolded(item, read)]));
}

function fromJson(pieces: PolicyText, read: TextReader): unknown {
  const [first] = pieces;
  if (typeof first !== 'string' || !/^\s*[[{]/.test(first)) {
    return undefined;
  }
  const atoms: Atom[] = [];
  let inText = false;
  const json = pieces.map((piece) => {
    if (typeof piece === 'string') {
      inText = endsInText(piece, inText);
      return piece;
    }
    const mark = `\\u0000${atoms.push(piece) - 1}\\u0000`;
    return inText ? mark : `"${mark}"`;
  });
  try {
    return unfolded(restored(JSON.parse(json.join('')), atoms), read);
  } catch {
    return undefined;
  }
}

/** Whether a JSON text that goes on after this piece is inside a quoted text there. */
function endsInText(piece: string, inText: boolean): boolean {
  const quotes = piece.replace(/\\./gs, '').split('"').length - 1;
  return quotes % 2 === 0 ? inText : !inText;
}

/** Puts the atoms back to where they stood, as marked texts. */
function restored(value: unknown, atoms: readonly Atom[]): unknown {
  if (typeof value === 'string') {
    const parts = value.split(MARK);
    return parts.length === 1
      ? value
      : { [TEXT_MARKER]: text(...parts.map((part, at) => (at % 2 === 0 ? part : (atoms[Number(part)] ?? part)))) };
  }
  if (Array.isArray(value)) {
    return value.map((item) => restored(item, atoms));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [shownKey(key, atoms), restored(item, atoms)]),
    );
  }
  return value;
}

/** A key can't be marked: its atoms are shown as they are for people. */
function shownKey(key: string, atoms: readonly Atom[]): string {
  return key
    .split(MARK)
    .map((part, at) => (at % 2 === 0 ? part : `<${atoms[Number(part)]?.atom}>`))
    .join('');
}
