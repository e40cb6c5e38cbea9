/** A text without letters that would move the cursor or change colours; a line break becomes a blank. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\u{fffd}');
}

/** Rows as lines: every column as wide as its widest cell, the last as it is. Cells are made printable. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const cells = rows.map((row) => row.map(printable));
  const widths = new Map<number, number>();
  for (const row of cells) {
    row.forEach((cell, index) => {
      widths.set(index, Math.max(widths.get(index) ?? 0, cell.length));
    });
  }
  return cells.map((row) => {
    const line = row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths.get(index) ?? 0)));
    return `${indent}${line.join('  ')}`.trimEnd();
  });
}

/** `1 action`, `2 actions`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const COLOURS = { red: 31, green: 32, yellow: 33 } as const;

/** A line in a colour, where colours are shown. */
export function coloured(line: string, colour: keyof typeof COLOURS, shows: boolean): string {
  return shows ? `\u001b[${COLOURS[colour]}m${line}\u001b[39m` : line;
}
