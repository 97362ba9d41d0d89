// What happened, or why something was refused, in one sentence that goes away by itself (an error does not, nor one
// that offers something to do).

import { useEffect } from 'react';
import type { Notice } from '../../store/store.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { CloseButton } from '../shared/close-button.tsx';
import './notice-bar.css';

const INFO_MILLISECONDS = 6000;

export function NoticeBar() {
  const notice = useFogline((state) => state.notice);
  useEffect(() => {
    if (notice?.tone !== 'info' || notice.action) return;
    const timer = setTimeout(() => foglineStore.getState().dismissNotice(), INFO_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [notice]);
  // The two live regions are always there: assistive technology announces only what changes inside a known region.
  return (
    <div className="notice-bar">
      <div role="status">{notice?.tone === 'info' && <NoticeCard key={notice.id} notice={notice} />}</div>
      <div role="alert">{notice?.tone === 'error' && <NoticeCard key={notice.id} notice={notice} />}</div>
    </div>
  );
}

function NoticeCard({ notice: { text, tone, action } }: { readonly notice: Notice }) {
  return (
    <div className="notice" data-tone={tone}>
      <span className="notice-mark" aria-hidden="true">
        {tone === 'error' ? '!' : 'i'}
      </span>
      <span className="notice-text">{text}</span>
      {action && (
        <button type="button" className="notice-action" onClick={action.act}>
          {action.label}
        </button>
      )}
      <CloseButton label="Dismiss" onClick={() => foglineStore.getState().dismissNotice()} />
    </div>
  );
}
