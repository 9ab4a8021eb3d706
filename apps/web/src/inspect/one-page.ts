/** What pages of one browser say to each other. `ask`: is anybody here? `here`: yes, told to who asked. */
export interface Word {
  readonly kind: 'ask' | 'here';
  readonly id: string;
}
export interface Talk {
  say(word: Word): void;
  hear(listener: (word: Word) => void): void;
}

/**
 * For browsers without locks (plain HTTP): asks the other pages until none answers; from then on answers them itself. Of
 * two that ask at the same time the smaller id goes first. `pause`: how long an answer may take.
 */
export async function aloneByAsking(
  talk: Talk,
  id: string,
  pause: () => Promise<void>,
  onWait: () => void,
): Promise<void> {
  let isHere = false;
  let isTaken = false;
  talk.hear(word => {
    if (word.kind === 'here') isTaken ||= word.id === id;
    else if (isHere || id < word.id) talk.say({ kind: 'here', id: word.id });
    else isTaken = true;
  });
  for (;;) {
    isTaken = false;
    talk.say({ kind: 'ask', id });
    await pause();
    if (!isTaken) break;
    onWait();
  }
  isHere = true;
}

export function talkOver(name: string): Talk {
  const channel = new BroadcastChannel(name);
  return {
    say: word => channel.postMessage(word),
    hear: listener => channel.addEventListener('message', ({ data }) => listener(data as Word)),
  };
}
