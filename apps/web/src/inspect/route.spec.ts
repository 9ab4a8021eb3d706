import { addressOf, routeOf, type InspectRoute } from './route';

it.each<[string, InspectRoute]>([
  ['/inspect', { page: 'tasks' }],
  ['/inspect/outbox', { page: 'outbox' }],
  ['/inspect/c-1/3', { page: 'checkup', id: 'c-1', step: 3 }],
])('%s', (path, route) => {
  expect(routeOf(path)).toEqual(route);
  expect(addressOf(route)).toBe(path);
});
it.each(['/inspect/c-1', '/inspect/c-1/x', '/inspect/c-1/'])('%s begins at the first step', path =>
  expect(routeOf(path)).toEqual({ page: 'checkup', id: 'c-1', step: 0 }),
);
