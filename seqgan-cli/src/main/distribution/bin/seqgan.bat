@echo off
rem Starts seqgan. SEQGAN_OPTS holds further options of the JVM, such as -Xmx8g.
setlocal
set "SEQGAN_HOME=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "OMP_NUM_THREADS=1"
"%JAVA%" --add-modules=jdk.incubator.vector %SEQGAN_OPTS% "-Dseqgan.home=%SEQGAN_HOME%" -cp "%SEQGAN_HOME%\lib\*" org.seqgan.cli.Main %*
