import { createContext, useContext } from 'react';
import { words, type Words } from './words';

export const LanguageContext = createContext<Words>(words('zh'));

/** The words of the chosen language. */
export const useWords = (): Words => useContext(LanguageContext);
