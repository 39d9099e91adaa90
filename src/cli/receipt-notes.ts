import { VerifyOptions } from '../../core/verdict.ts';
import { KeyStore } from '../receipts/key-store.ts';
import type { Receipt, ReceiptItem } from '../receipts/receipt.ts';
import { createSigner } from '../receipts/sign.ts';
import { subjectOf } from '../receipts/subject.ts';
import type { ClaimResult } from '../report/result.ts';
import type { ReadClaim } from './claims.ts';

/** What verdicts a receipt will speak of. Claims that could not be read are about nothing, and are left out. */
export class ReceiptNotes {
  readonly #items: ReceiptItem[] = [];

  note(claim: ReadClaim, result: ClaimResult): void {
    if ('problem' in claim) return;
    const { subject, request } = claim;
    const { cross_check, bounded } = VerifyOptions.parse(request.options ?? {});
    const about = { id: subject.name, ...subjectOf(request), options: { cross_check, bounded }, decision: null };
    if ('problem' in result) {
      const nothing = { status: null, reason: null, evidence: null, stamp: null };
      this.#items.push({ ...about, checked: false, basis: 'none', ...nothing });
      return;
    }
    const { status, reason, proof, evidence, stamp } = result.response;
    const basis = proof === null ? 'replay' : 'proof';
    this.#items.push({ ...about, checked: true, basis, status, reason, evidence, stamp });
  }

  /** Signs what was noted with the user's key. @throws KeyError */
  sign(): Promise<Receipt> {
    const signer = createSigner(new KeyStore());
    return signer.sign({ by: 'verify', decision: null, policy: null, error_bound: null, items: this.#items });
  }
}
