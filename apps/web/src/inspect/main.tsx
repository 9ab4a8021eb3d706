import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/base.css';
import './inspect.css';
import { langSetting } from '../shell/settings';
import { words } from '../text/words';
import { startInspector } from './start';
import { InspectApp } from './inspect-app';
import { wearSun } from './look';

const element = document.getElementById('root');
if (!element) throw new Error('inspect.html has no #root');
wearSun(document.documentElement);
const root = createRoot(element);

const waitForOther = (): void =>
  root.render(<p className="field-empty">{words(langSetting.get()).t('inspect.otherPage')}</p>);

void startInspector(waitForOther).then(field =>
  root.render(
    <StrictMode>
      <InspectApp field={field} />
    </StrictMode>,
  ),
);
