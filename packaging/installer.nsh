; Uninstalling leaves the shop alone unless somebody says otherwise, twice asked: once here, with "no" as the usual
; answer, and never in a silent uninstall or while a newer version takes this one's place.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    IfFileExists "$APPDATA\Backroom\backroom.sqlite" 0 backroomKeepsData
    IfSilent backroomKeepsData
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Delete the shop too?$\r$\n$\r$\n$APPDATA\Backroom holds its orders, keys and backups. Deleted, they can only be brought back from a backup elsewhere with the recovery key.$\r$\n$\r$\nNo keeps everything for the next installation." IDNO backroomKeepsData
    RMDir /r "$APPDATA\Backroom"
    backroomKeepsData:
  ${endIf}
!macroend
