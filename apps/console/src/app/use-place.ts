import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** Moves to the top of the content, with the keyboard too, when another page is shown. */
export const usePlace = () => {
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    globalThis.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
};
