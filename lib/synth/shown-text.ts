import { displayText, type PolicyText } from '../policy/document/text';

/** A text for people: what is not known yet stands as the construct and its attribute, such as `<Stack/Bucket.Arn>`. */
export function shownText(value: PolicyText): string {
  return displayText(value).replace(/<\{([^{}]*)\}\.([\w.]+)>/g, (_, path: string, attribute: string) => {
    const construct = path.replace(/\/Resource$/, '');
    return attribute === 'Ref' ? `<${construct}>` : `<${construct}.${attribute}>`;
  });
}
