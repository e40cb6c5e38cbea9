/** What was asked for can't be answered because of how it was asked: a wrong name, file or option. */
export class InputError extends Error {
  public override readonly name = 'InputError';
}
