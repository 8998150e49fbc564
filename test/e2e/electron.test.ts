import { openDesktop, openStation } from './doors.ts'
import { describeScreens } from './spec.ts'

describeScreens('the screens in the desktop window', openDesktop)
describeScreens("the screens in the manager's browser at the station", openStation)
