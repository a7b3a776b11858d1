/** What an API key may do. */
export const SCOPES = [
  'orders:read',
  'orders:write',
  'parcels:read',
  'parcels:write',
  'events:read',
  'events:write',
  'plans:read',
  'plans:write',
  'demand:read',
  'demand:write',
  'people:read',
  'people:erase',
  'sellers:admin',
  'keys:admin',
  'webhooks:admin',
  'jobs:admin',
  'views:admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Usual sets of scopes, by the work that somebody does. */
export const ROLES = {
  owner: SCOPES,
  dispatcher: [
    'orders:read',
    'orders:write',
    'parcels:read',
    'parcels:write',
    'events:read',
    'events:write',
    'plans:read',
    'plans:write',
    'demand:read',
    'demand:write',
    'people:read',
    'jobs:admin',
  ],
  scanner: ['parcels:read', 'events:write'],
  shop: ['orders:read', 'orders:write', 'parcels:read', 'plans:read', 'plans:write', 'demand:read', 'demand:write'],
  viewer: ['orders:read', 'parcels:read', 'events:read', 'plans:read', 'demand:read'],
} as const satisfies Readonly<Record<string, readonly Scope[]>>;
export type Role = keyof typeof ROLES;
