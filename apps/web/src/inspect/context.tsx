import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ApiClient } from '../session/api-client';
import type { FieldBook } from './field-book';
import type { Picture } from './phone-shapes';
import type { Place, PlaceWatch } from './place-watch';
import type { Sender, SenderState } from './sender';

/** What the pages of the inspector stand on. */
export interface Field {
  readonly api: ApiClient;
  readonly book: FieldBook;
  readonly sender: Sender;
  readonly places: PlaceWatch;
}

const FieldContext = createContext<Field | null>(null);
export const FieldProvider = FieldContext.Provider;

export function useField(): Field {
  const field = useContext(FieldContext);
  if (field === null) throw new Error('outside of FieldProvider');
  return field;
}

export function usePicture(): Picture {
  const { book } = useField();
  return useSyncExternalStore(book.subscribe, book.get);
}

export function useSender(): SenderState {
  const { sender } = useField();
  return useSyncExternalStore(sender.subscribe, sender.get);
}

export function useSessionOpen(): boolean {
  const { session } = useField().api;
  return useSyncExternalStore(session.subscribe, session.isOpen);
}

export function usePlace(): Place | null {
  const { places } = useField();
  return useSyncExternalStore(places.subscribe, places.get);
}
