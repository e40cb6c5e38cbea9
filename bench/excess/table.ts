import type { Count, Measurement } from './measurement';

/** The measurements side by side, one row a category, for people. */
export function table(columns: Readonly<Record<string, Measurement>>, verbose: boolean): string {
  const names = Object.keys(columns);
  const measurements = Object.values(columns);
  const [first] = measurements;
  if (first === undefined) {
    return '';
  }
  const rows: string[][] = [
    ...first.categories.map(({ title }, position) => [
      ...measurements.map(({ categories }) => ratio(categories[position])),
      title,
    ]),
    [...measurements.map(({ excess }) => ratio(excess)), 'all that the agent never needs'],
    [],
    [...measurements.map(({ needs }) => ratio(needs)), 'all that the agent needs'],
    [...measurements.map(({ platform }) => ratio(platform)), 'all that its host needs'],
  ];
  const lines = aligned([[...names, 'allowed of asked'], ...rows]);
  return [...lines, ...(verbose ? details(columns) : [])].join('\n');
}

function details(columns: Readonly<Record<string, Measurement>>): string[] {
  return Object.entries(columns).flatMap(([name, { categories, needs, platform }]) => {
    const allowed = categories.flatMap(({ title, allowedNames }) =>
      allowedNames.map((probe) => `  ${title}: ${probe}`),
    );
    const missing = [...needs.deniedNames, ...platform.deniedNames].map((need) => `  needed: ${need}`);
    return [
      '',
      `${name} allows, and the agent never needs:`,
      ...(allowed.length > 0 ? allowed : ['  nothing']),
      ...(missing.length > 0 ? [`${name} denies, and the agent needs:`, ...missing] : []),
    ];
  });
}

function ratio(count: Count | undefined): string {
  return count === undefined ? '' : `${count.allowed} of ${count.asked}`;
}

/** Columns aligned to the right, but the last, which is the widest. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column < row.length - 1 ? cell.padStart(widths[column] ?? 0) : cell)).join('   '),
  );
}
