/** Forms of credentials that are known by their look. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/(?<![A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/, 'an AWS access key id'],
  [/(?<![A-Za-z0-9])ABSK[A-Za-z0-9+/=]{20,}/, 'a Bedrock API key'],
  [/bedrock-api-key-[A-Za-z0-9+/=]{16,}/, 'a Bedrock API key'],
  [/(?<![A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/, 'a GitHub token'],
  [/(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}/, 'a GitLab token'],
  [/(?<![A-Za-z0-9])xox[abprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/(?<![A-Za-z0-9-])sk-(?=[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{20,}/, 'an API key'],
  [/(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/, 'a Google API key'],
  [/(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/, 'a signed token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/:\/\/[^\s:@/<{$]{1,100}:[^\s:@/<{$*]{3,100}@/, 'a password in a URL'],
  [/(?<![A-Za-z])(Bearer|Basic) (?=[A-Za-z._~+/=-]*\d)[A-Za-z0-9._~+/=-]{16,}/, 'a token'],
];
/** Forty letters behind a word that says what they are. */
const SECRET_KEY =
  /(secret|key|password|credential)[^\n]{0,40}?(?<![A-Za-z0-9/+=])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/i;
/** `password: Hunter2!`: a word that says so, and a value that is no word. */
const PASSWORD =
  /(?<![A-Za-z])(password|passwd|api[_ -]?key|client[_ -]?secret|access[_ -]?token)['"]?\s*((is|=|:)\s*['"]?|['"])(?![\w+.-]*:\/\/|arn:|\{\{|<|\$|[a-z]\w*\.[A-Za-z])(?=[^\s'",;]*\d)(?=[^\s'",;]*[A-Za-z])[^\s'",;<>{}$/]{6,}/i;

/** What kind of credential stands in a text; undefined where none is to be seen. */
export function credentialIn(said: string): string | undefined {
  const found = FORMS.find(([form]) => form.test(said))?.[1];
  return found ?? (isSecretKey(said) ? 'a secret access key' : PASSWORD.test(said) ? 'a password' : undefined);
}

/** A path or an identifier of forty letters is not as mixed as a key is. */
function isSecretKey(said: string): boolean {
  const [, , key = ''] = SECRET_KEY.exec(said) ?? [];
  const count = (form: RegExp): number => key.match(form)?.length ?? 0;
  return count(/[A-Z]/g) >= 8 && count(/[a-z]/g) >= 5 && count(/\d/g) >= 1;
}

/** The variables that AWS SDKs take credentials from. */
const SDK_VARIABLES = /^(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_BEARER_TOKEN_BEDROCK)$/i;
/** Names of variables that hold a credential, and not where it is kept. */
const SECRET_VARIABLE =
  /(^|_)(PASSWORD|PASSWD|API_?KEY|SECRET_?KEY|CLIENT_SECRET|ACCESS_TOKEN|AUTH_TOKEN|PRIVATE_KEY)$/i;

/** Whether CloudFormation puts the value of a secret into a text. */
export function isSecretReference(said: string): boolean {
  return /\{\{resolve:(secretsmanager|ssm-secure):/.test(said);
}

/** Whether AWS SDKs take credentials from a variable of this name. */
export function isSdkCredential(name: string): boolean {
  return SDK_VARIABLES.test(name);
}

/** Why a variable of an environment is a credential; undefined where it is none. Unknown values are in `<>`. */
export function credentialVariable(name: string, value: string): string | undefined {
  if (/^(arn:.*|<[^>]*\.Arn>|)$/.test(value)) {
    return undefined;
  }
  if (isSdkCredential(name)) {
    return `${name} is a credential`;
  }
  if (isSecretReference(value)) {
    return `${name} holds the value of a secret, not its ARN`;
  }
  const form = credentialIn(value);
  if (form !== undefined) {
    return `${name} holds ${form}`;
  }
  return isSecretVariable(name) && isRandom(value) ? `${name} holds a literal` : undefined;
}

/** Whether a variable is for a credential by its name, whoever gives it out. */
export function isSecretVariable(name: string): boolean {
  return SECRET_VARIABLE.test(name);
}

/** Whether a text looks made by a machine, or by somebody who was asked for a good password; a name or path does not. */
function isRandom(value: string): boolean {
  return (
    value.length >= 8 &&
    /\d/.test(value) &&
    /[a-z]/.test(value) &&
    /[A-Z!@#%^&*+=]/.test(value) &&
    !/[\s:]|^\/|<[^>]*>/.test(value)
  );
}
