const PATHS = {
  today: 'M3 13h3l2-8 4 14 3-9 1.500 3H21',
  orders: 'M7 4h10a1 1 0 0 1 1 1v15l-3-2-3 2-3-2-3 2V5a1 1 0 0 1 1-1zM9 9h6M9 13h4',
  plans:
    'M5 19a2 2 0 1 0 0-.01M19 5a2 2 0 1 0 0 .01M7 19h6a3 3 0 0 0 3-3 3 3 0 0 0-3-3h-2a3 3 0 0 1-3-3 3 3 0 0 1 3-3h6',
  parcels: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8M8 6l8 4',
  posts: 'M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM10 9l5 3-5 3z',
  stock: 'M3 10l9-6 9 6v10H3zM7 20v-7h10v7M7 16.500h10',
  style: 'M4 6h10M18 6h2M4 12h4M12 12h8M4 18h10M18 18h2M16 4v4M10 10v4M16 16v4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  docs: 'M6 4h9l4 4v12H6zM14 4v5h5M9 13h7M9 16h5',
} as const;
export type IconName = keyof typeof PATHS;

/** A line icon that only decorates: its name is always written beside it. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path
      d={PATHS[name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
