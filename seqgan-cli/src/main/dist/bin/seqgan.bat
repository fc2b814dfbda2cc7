@echo off
rem Starts seqgan with the Java of JAVA_HOME, or of PATH. SEQGAN_OPTS adds options for the virtual machine.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA_EXE=java"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java"
set OMP_NUM_THREADS=1
"%JAVA_EXE%" --add-exports=java.base/jdk.internal.module=ALL-UNNAMED %SEQGAN_OPTS% -Dseqgan.home="%HOME_DIR%" -cp "%HOME_DIR%\lib\*" org.seqgan.cli.Main %*
