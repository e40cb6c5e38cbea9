import type { AppModel } from '../../access/app/app-model';

/** The same answer whenever an app is asked about, looked up the first time. */
export function onceForApp<Answer>(read: (app: AppModel) => Answer): (app: AppModel) => Answer {
  const answers = new WeakMap<AppModel, { readonly answer: Answer }>();
  return (app) => {
    let known = answers.get(app);
    if (known === undefined) {
      known = { answer: read(app) };
      answers.set(app, known);
    }
    return known.answer;
  };
}
