/**
 * Actions by which somebody sees, prints or takes away personal data, as they stand in the audit log. The test that
 * walks everything that opens a recipient (test/unit/security/looks.test.ts) holds this list against the code.
 */
export const lookActions: readonly string[] = [
  'look-at-recipient',
  'look-at-invoice',
  'look-at-paper',
  'look-for-customer',
  'find-person',
  'export-recipients',
  'export-person',
  'issue-labels',
  'issue-documents',
  'issue-invoice',
  'open-recipient',
  'refuse-to-open-recipient',
  'write-carrier-upload',
  'print',
  'print-personal',
  'close-manifest',
]
