import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './look/base.css';
import './look/centre.css';
import './look/detail.css';
import './look/rules.css';
import './look/incident.css';
import './look/building.css';
import './look/hazard.css';
import './look/money.css';
import './look/plans.css';
import './look/notify.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
