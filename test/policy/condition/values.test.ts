import { compareDecimals, parseDecimal } from '../../../lib/policy/condition/decimal';
import { parseInstant } from '../../../lib/policy/condition/instant';
import { liesIn, parseIpRange } from '../../../lib/policy/condition/ip-range';

describe('decimals', () => {
  test.each([
    ['10', '10.0', 0],
    ['-1', '0', -1],
    ['-0.5', '-0.50', 0],
    ['1e3', '1000', 0],
    ['25e-1', '2.5', 0],
    ['9007199254740993', '9007199254740992', 1],
    ['0.1', '0.09999999999999999999', 1],
    ['+3', '4', -1],
  ])('%s compared with %s is %i', (a, b, order) => {
    const [left, right] = [parseDecimal(a), parseDecimal(b)];
    expect(left && right && compareDecimals(left, right)).toBe(order);
  });

  test.each(['', 'ten', '1.', '.5', '1,000', '0x10', '1e9999', '1'.repeat(201)])('%j is no number', (written) => {
    expect(parseDecimal(written)).toBeUndefined();
  });
});

describe('points in time', () => {
  test.each([
    ['2026', Date.UTC(2026, 0, 1)],
    ['2026-11', Date.UTC(2026, 10, 1)],
    ['2026-11-20', Date.UTC(2026, 10, 20)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-11-20T10:30Z', Date.UTC(2026, 10, 20, 10, 30)],
    ['2026-11-20T10:30:15.25Z', Date.UTC(2026, 10, 20, 10, 30, 15, 250)],
    ['2026-11-20T10:30:15-02:30', Date.UTC(2026, 10, 20, 13, 0, 15)],
    ['2026-11-20T10:30:15+01:00', Date.UTC(2026, 10, 20, 9, 30, 15)],
    ['2026-11-20T10:30:15', Date.UTC(2026, 10, 20, 10, 30, 15)],
    ['0', 0],
    ['1795168800', 1_795_168_800_000],
    ['1795168800.5', 1_795_168_800_500],
    ['-1', -1000],
  ])('%s is %i', (written, instant) => {
    expect(parseInstant(written)).toBe(instant);
  });

  test.each([
    '',
    'today',
    '2026-13-01',
    '2026-00-01',
    '2026-02-29',
    '2026-11-20T24:00Z',
    '2026-11-20T10:60Z',
    '2026-11-20T10:00:60Z',
    '2026-11-20 10:00Z',
    '2026-11-20T*',
    '2026-11-20T10',
  ])('%j is no point in time', (written) => {
    expect(parseInstant(written)).toBeUndefined();
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['10.0.0.0/31', '10.0.0.2', false],
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.0.0.0/16', '10.0.0.0/8', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '10.0.0.1', false],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['2001:db8::/33', '2001:db8:7fff:ffff::', true],
    ['::ffff:10.0.0.0/104', '::ffff:10.9.8.7', true],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', true],
    ['1::8', '1:0:0:0:0:0:0:8', true],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
  ])('%s holds %s: %s', (block, address, holds) => {
    const [outer, inner] = [parseIpRange(block), parseIpRange(address)];
    expect(inner && outer && liesIn(inner, outer)).toBe(holds);
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '::/129',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '1::2::3',
    '12345::',
    'g::',
    ':1:2:3:4:5:6:7',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '1:1.2.3.4:1:1:1:1:1',
  ])('%j is no address', (written) => {
    expect(parseIpRange(written)).toBeUndefined();
  });
});
