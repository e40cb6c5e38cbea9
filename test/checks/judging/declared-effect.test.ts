import { declaredEffect } from '../../../lib/checks/judging/declared-effect';

test.each([
  ['deleteClaim', '', 'changes'],
  ['SubmitClaim', '', 'changes'],
  ['claims-delete', '', 'changes'],
  ['get_and_delete', '', 'changes'],
  ['bookFlight', '', 'changes'],
  ['process_refund', '', 'changes'],
  ['run_playbook', '', 'changes'],
  ['setStatus', '', 'changes'],
  ['getDeletedItems', '', 'reads'],
  ['list-updates', '', 'reads'],
  ['order_status', '', 'reads'],
  ['refund_status', '', 'reads'],
  ['run_query', '', 'reads'],
  ['create_report', '', 'reads'],
  ['statusLookup', '', 'reads'],
  ['customer_email', '', 'unknown'],
  ['claims', 'Deletes a claim permanently.', 'changes'],
  ['claims', 'Use this to cancel the order', 'changes'],
  ['claims', 'Looks up the order and sends an email to the customer', 'changes'],
  ['fetchRecord', 'Deletes the record after returning it', 'changes'],
  ['claims', 'Returns the claims of a customer.', 'reads'],
  ['claim_history', 'Lists updates and changes of a claim', 'reads'],
  ['lookup_policy', 'Look up a policy and create a summary', 'reads'],
  ['reader', 'Reads claims. Does not change or delete anything.', 'reads'],
  ['getPayment', 'Gets whether a payment was sent or cancelled', 'reads'],
  ['policy', 'Updates on a policy', 'unknown'],
])('%s (%s) %s', (name, description, effect) => {
  expect(declaredEffect(name, description)).toBe(effect);
});
