// The cross that closes a card, a panel or a line of words.

import { CloseIcon } from './icons.tsx';
import './close-button.css';

interface CloseButtonProps {
  /** What it closes: 'Close the inspector'. */
  readonly label: string;
  readonly onClick: () => void;
}

export const CloseButton = ({ label, onClick }: CloseButtonProps) => (
  <button type="button" className="close-button" aria-label={label} onClick={onClick}>
    <CloseIcon />
  </button>
);
