import type * as Yaml from 'yaml';
import { InputError } from './input-error';

/** The functions of CloudFormation that have a short form, such as `!Sub`. `!Ref` and `!Condition` have no `Fn::`. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Ref',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
];

/**
 * What the YAML of a template says, with the short forms of functions written out. Words are texts, as CloudFormation
 * takes them: `2012-10-17`, `012345678901` and `no` are what they look like.
 *
 * Throws an `InputError` that says the line and the column where it is no YAML.
 *
 * @param shown What the file is called in messages.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function yamlIn(text: string, shown: string): unknown {
  // Loaded here: most templates are JSON.
  const yaml: typeof Yaml = require('yaml');
  try {
    const document = yaml.parseDocument(text, {
      schema: 'failsafe',
      customTags: (tags) => [...tags, 'null', ...FUNCTIONS.flatMap((name) => shortForms(name, yaml))],
      stringKeys: true,
    });
    const [fault] = document.errors;
    if (fault !== undefined) {
      throw fault;
    }
    return document.toJS();
  } catch (error) {
    const place = error instanceof yaml.YAMLError ? error.linePos?.[0] : undefined;
    const where = place === undefined ? '' : `:${place.line}:${place.col}`;
    throw new InputError(`${shown}${where}: no valid YAML: ${problemOf(error)}`);
  }
}

/** The short form of a function before a word, a list and a map. */
function shortForms(name: string, { Pair, Scalar, YAMLMap }: typeof Yaml): Yaml.Tags {
  const tag = `!${name}`;
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const call = (argument: unknown): Yaml.YAMLMap => {
    const map = new YAMLMap();
    map.items.push(new Pair(new Scalar(key), argument));
    return map;
  };
  return [
    { tag, resolve: (word: string) => new Scalar({ [key]: name === 'GetAtt' ? attributeIn(word) : word }) },
    { tag, collection: 'seq', resolve: call },
    { tag, collection: 'map', resolve: call },
  ];
}

/** `Role.Arn` as a pair; the attribute may have dots, and a logical id has none. */
function attributeIn(word: string): string[] {
  const dot = word.indexOf('.');
  return dot < 0 ? [word] : [word.slice(0, dot), word.slice(dot + 1)];
}

/** The first line of what is wrong: the library shows the place below it. */
function problemOf(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return /call stack/.test(first) ? 'it is nested too deeply' : first.replace(/ at line \d+, column \d+:?$/, '');
}
