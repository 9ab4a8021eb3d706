import type { Role } from '@anmai/wire';

/** What each permission lets one do. Every route names one of these, or says why it is open to all. */
export const PERMISSIONS = {
  'self.use': 'see and change one’s own account',
  'registry.read': 'see organisations, assets, devices and sensors',
  'readings.read': 'see readings',
  'rules.read': 'see rules and their versions',
  'rules.test': 'try a draft of a rule on what is stored',
  'alarms.read': 'see alarms',
  'incidents.read': 'see incidents, their steps and reviews',
  'kpi.read': 'see the figures of the alarm system',
  'live.read': 'follow the live stream',
  'status.read': 'see how the platform is',
  'quarantine.read': 'see what was not taken',
  'alarms.act': 'acknowledge, shelve, assess, close alarms and comment on them',
  'alarms.plan': 'plan windows, say which alarms hide which, and set how alarms live',
  'notify.read': 'see who is told of what, and which messages wait',
  'notify.requeue': 'send again what was given up',
  'notify.write': 'change who is told of what, and send a test',
  'incidents.act': 'assess incidents, warn, dispatch, release and archive',
  'devices.command': 'tell a device what to do',
  'quarantine.adopt': 'turn an unknown device into a known one',
  'registry.write': 'change assets, devices and sensors',
  'credentials.manage': 'give devices their passwords and take them away',
  'rules.write': 'change rules',
  'orgs.write': 'change organisations',
  'users.manage': 'see and change accounts',
  'audit.read': 'see who did what, and check that nothing was changed in it',
  'buildings.read': 'see building files and their timelines',
  'buildings.write': 'change building files, import and merge them',
  'checkups.read': 'see check-ups, their forms and when they are due',
  'checkups.fill': 'fill in a check-up and submit it',
  'checkups.plan': 'plan rounds, give out check-ups, change rule sets and forms',
  'checkups.review': 'take a submitted check-up or send it back',
  'hazards.read': 'see hazards and what was done about them',
  'hazards.report': 'report a hazard',
  'hazards.act': 'take a hazard through its steps to closure',
  'appraisals.write': 'file an appraisal report, the one thing that sets a grade',
  'watch.write': 'change monitoring plans, duty lists and measures of C and D buildings',
  'money.read': 'see accounts, bookings and approvals',
  'money.write': 'book money and ask for approval',
  'money.approve': 'approve spending',
  'insurance.read': 'see policies, duties and claims',
  'insurance.write': 'change policies, duties and claims',
  'files.read': 'see photos and documents',
  'files.write': 'send photos and documents',
  'city.read': 'see the indicators of the city and take reports along',
} as const;
export type Permission = keyof typeof PERMISSIONS;

const READ: readonly Permission[] = [
  'self.use',
  'registry.read',
  'readings.read',
  'rules.read',
  'alarms.read',
  'incidents.read',
  'kpi.read',
  'live.read',
  'status.read',
  'quarantine.read',
  'notify.read',
  'buildings.read',
  'checkups.read',
  'hazards.read',
  'insurance.read',
  'files.read',
  'city.read',
];
const FIELD: readonly Permission[] = ['checkups.fill', 'hazards.report', 'files.write'];
const OPERATE: readonly Permission[] = [
  ...READ,
  'hazards.report',
  'hazards.act',
  'files.write',
  'alarms.act',
  'incidents.act',
  'quarantine.adopt',
  'devices.command',
  'notify.requeue',
];
const ENGINEER: readonly Permission[] = [
  ...OPERATE,
  'alarms.plan',
  'registry.write',
  'credentials.manage',
  'rules.test',
  'rules.write',
  'notify.write',
  ...FIELD,
  'buildings.write',
  'checkups.plan',
  'checkups.review',
  'appraisals.write',
  'watch.write',
  'money.read',
  'money.write',
  'insurance.write',
];

/** Who may do what. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(READ),
  inspector: new Set([...READ, ...FIELD]),
  operator: new Set(OPERATE),
  engineer: new Set(ENGINEER),
  admin: new Set(Object.keys(PERMISSIONS) as Permission[]),
};

export const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text);

/** Does the role hold the permission? An unknown one is held by nobody. */
export const roleAllows = (role: Role, permission: string): boolean =>
  isPermission(permission) && ROLE_PERMISSIONS[role].has(permission);
