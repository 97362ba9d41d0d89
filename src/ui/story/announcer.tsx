// The page's one live region for the run: always there, and spoken politely.

import { useEffect, useState } from 'react';
import { foglineStore } from '../../store/use-fogline.ts';
import { announce } from './announce.ts';

export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => announce(foglineStore, setText), []);
  return (
    <div
      className="visually-hidden"
      role="log"
      aria-label="What changed in the run"
      aria-live="polite"
      aria-atomic="true"
    >
      {text}
    </div>
  );
}
